"""The pages for officials, below `/can-bo`, behind a login. Server-rendered, no script at all.

To add a page write

1. a module here with `PAGES`, a tuple of `Page` (see `page.py`): its path below `/can-bo/`, the
   role that may see it, `show` for GET and, where it changes something, `act` for POST;
2. a template in `templates/` that begins `{% extends "base.html" %}` and fills the blocks `title`
   and `content`. Its words are `t`, the table of `office_pages.toml` that the page names; escaping
   is on, an unknown word is an error;
3. a table of its own in `config/office_pages.toml`, and a line in `[menu]` if it has a place there;
4. one line in `pages.py`.

`show` and `act` are coroutines that take a `Visit` and return what `visit.render(...)`,
`await visit.go(...)` or `visit.refuse(...)` gives. Before they are called the frame has made sure
that the session is open, that the person holds the role now and, for `act`, that the form came from
a page of ours (token and Origin) and is not too large. Every form in a template needs

    <form method="post" action="{{ root }}path">{{ token }} … </form>

where `token` is the hidden field and `root` leads to `/can-bo/`, wherever that is mounted. What
touches the store runs as `await visit.work(function, …)`, which calls `function(application, …)` in
the thread of the application; what takes long but needs no store as `await visit.aside(function,
…)`. After a change go on with `return await visit.go("path", "a sentence")`, so that reloading does
not do it twice; the next page shows the sentence. Fields are read by `visit.text("name")`, cleaned
as chat messages are, and uploads by `visit.file("name")` where the page sets `largest`.

Two functions on the same subject: `Page("van-ban", ...)` and `Page("van-ban/{document}", ...)`;
`visit.value("document")` is the part of the path.
"""
