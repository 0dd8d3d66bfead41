"""What an app is: a folder of plain files, read and edited.

Without Flask, Git, a database, a clock or a network.
"""
