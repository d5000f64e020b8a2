namespace Postern.Sandbox.Launching;

/// <summary>What firewall and stage say to each other after the plan.</summary>
internal static class Mark
{
    /// <summary>The stage: here is the listener inside, when there is to be one.</summary>
    public const byte Door = (byte)'D';

    /// <summary>The firewall: it listens, the command may start.</summary>
    public const byte Go = (byte)'G';
}
