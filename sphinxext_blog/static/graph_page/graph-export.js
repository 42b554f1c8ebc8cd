window.blogGraph.toPng = null;
