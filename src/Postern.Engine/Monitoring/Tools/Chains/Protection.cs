namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>How much harm a change of a file does when somebody else wished for it.</summary>
internal enum Protection : byte
{
    /// <summary>An ordinary file.</summary>
    None,

    /// <summary>Says how programs run: configuration, middleware.</summary>
    Elevated,

    /// <summary>Says who may do what: authentication, workflows, policies, credentials.</summary>
    Protected,
}
