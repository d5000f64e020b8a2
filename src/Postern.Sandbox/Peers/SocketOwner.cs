namespace Postern.Sandbox.Peers;

/// <summary>The process that holds a socket.</summary>
/// <param name="Process">Its number.</param>
/// <param name="Command">Its name, at most 15 characters.</param>
/// <param name="Executable">The file it runs; empty when this process may not know.</param>
public sealed record SocketOwner(int Process, string Command, string Executable);
