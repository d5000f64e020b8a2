namespace Postern.Engine.Evidence;

/// <summary>The process at the other end of a connection from this machine.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Command">Its name, as it or its parent chose it; never its arguments, which may hold secrets.</param>
/// <param name="Executable">The file it runs; empty when that cannot be told.</param>
public sealed record PeerProcess(int Id, string Command, string Executable);
