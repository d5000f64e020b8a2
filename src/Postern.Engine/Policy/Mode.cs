namespace Postern.Engine.Policy;

/// <summary>How much is trusted by default. Zero is the strictest.</summary>
public enum Mode : byte
{
    /// <summary>Only listed destinations; doubtful findings refuse.</summary>
    Strict,

    /// <summary>Any public destination; findings refuse when they are likely true and bad.</summary>
    Balanced,

    /// <summary>Like balanced, meant to be run with <c>enforce: false</c>.</summary>
    Audit,
}
