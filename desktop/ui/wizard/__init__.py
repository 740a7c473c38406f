"""录入发文: the steps in which a person takes a notice in."""
