namespace Postern.Program.Releasing;

/// <summary>A folder cannot be held against what was released. The message is for people.</summary>
internal sealed class ReleaseSealException(string message) : Exception(message);
