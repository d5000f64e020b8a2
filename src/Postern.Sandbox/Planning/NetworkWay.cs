namespace Postern.Sandbox.Planning;

/// <summary>How a contained process reaches the firewall. Zero is the closed one.</summary>
public enum NetworkWay : byte
{
    /// <summary>Not at all: an MCP server that speaks over its standard streams.</summary>
    None,

    /// <summary>A network namespace with one door: a listener inside whose connections the firewall accepts outside.</summary>
    Door,

    /// <summary>The machine's network, where TCP to the firewall's port is all that the kernel lets through.</summary>
    Port,
}
