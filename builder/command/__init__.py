"""The command line: options in, a request made, what came of it shown."""
