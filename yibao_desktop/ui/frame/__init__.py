"""What the window is made of besides its pages: header, footer, the pages in their order, keys."""
