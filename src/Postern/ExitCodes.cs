namespace Postern.Program;

/// <summary>What the program returns.</summary>
internal static class ExitCodes
{
    /// <summary>Done, nothing to object to.</summary>
    public const int Ok = 0;

    /// <summary>A finding, a refusal or a failed check.</summary>
    public const int Finding = 1;

    /// <summary>Wrong usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Verification says tampered or unsigned.</summary>
    public const int Tampered = 3;

    /// <summary>The server that <c>mcp proxy</c> wraps failed.</summary>
    public const int ServerFailed = 10;

    /// <summary>Postern failed: the command was not started, or the evidence of it could not be kept to its end.</summary>
    public const int Failed = 125;

    /// <summary>The command cannot be executed.</summary>
    public const int NotExecutable = 126;

    /// <summary>The command was not found.</summary>
    public const int NotFound = 127;
}
