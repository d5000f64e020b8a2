namespace Postern.Program.Checkup;

/// <summary>How a check ended. Zero is the bad one.</summary>
internal enum Health : byte
{
    /// <summary>Postern will not work, or not safely.</summary>
    Fail,

    /// <summary>Postern works, but probably not as wished.</summary>
    Warn,

    /// <summary>As it should be.</summary>
    Ok,
}
