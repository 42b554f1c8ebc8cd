window.blogGraph.createTable = () => ({ update() {} });
