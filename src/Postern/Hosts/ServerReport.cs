namespace Postern.Program.Hosts;

/// <summary>One server in a host's file.</summary>
/// <param name="Name">As the file calls it.</param>
/// <param name="State">Whether it is protected.</param>
/// <param name="Why">Why it cannot be; empty otherwise.</param>
internal sealed record ServerReport(string Name, ServerState State, string Why = "");
