namespace Postern.Program.Posture;

/// <summary>How a scenario's attack or its twin ended. Zero is the bad one.</summary>
internal enum ProbeOutcome : byte
{
    /// <summary>The attack arrived.</summary>
    Missed,

    /// <summary>The attack arrived, and the evidence says that enforcing would have refused it, or names it.</summary>
    Observed,

    /// <summary>The attack was stopped, but not by what is meant to see it: what it hid behind something else is not known.</summary>
    Masked,

    /// <summary>The twin did not arrive.</summary>
    FalseAlarm,

    /// <summary>The twin arrived.</summary>
    Passed,

    /// <summary>The attack was stopped by what is meant to see it.</summary>
    Caught,
}
