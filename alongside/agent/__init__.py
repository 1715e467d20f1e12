"""Answering "do you hold this person?" at an agency that keeps its own systems, without either side showing what it holds.

The platform sends keyed tokens made of what is known of somebody; the agent, a small process at the agency, compares them with those of its own
people and says *held*, *not held* or *cannot tell*, with the team to ask. A token that nobody there has tells the agent nothing it could read.
Both sides keep what was asked for what purpose, and the answer. No Django: an agency installs this alone.
"""

from alongside.agent.client import NoReply, Remote, ask
from alongside.agent.exchange import ANSWERS, Question, Reply
from alongside.agent.remotes import Remotes, read_remotes
from alongside.agent.settings import NotReady
from alongside.agent.tokens import tokens

__all__ = ["ANSWERS", "NoReply", "NotReady", "Question", "Remote", "Remotes", "Reply", "ask", "read_remotes", "tokens"]
