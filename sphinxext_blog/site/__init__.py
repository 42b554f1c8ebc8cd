"""The Sphinx side: the only room that knows Sphinx and docutils.

Reading, it turns documents into records (`front_matter`, `posts`, `mentions`)
that live in the data of the :class:`~sphinxext_blog.site.domain.BlogDomain`,
what is bulky in files of its own (`cache`, `post_cache`).
Once all are read, it asks the pure rooms what they mean (`knowledge`) and which
pages show something else than before (`rebuild`). Writing, it puts links and
panels into the documents as plain nodes (`links`, `panels`) and adds what is
made once per site (`exports`, `graph_page`). What stands as it was made by the
last build (`last_build`) is not made again, and what nobody asks for is not
even imported.
"""
