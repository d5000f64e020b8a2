namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>A bundle whose signature, digests and examples all hold. Only <see cref="BundleReader"/> makes one.</summary>
public sealed class RuleBundle
{
    internal RuleBundle(BundleHead head, RuleTable table) => (Head, Table) = (head, table);

    /// <summary>What it says about itself.</summary>
    public BundleHead Head { get; }

    /// <summary>Its rules.</summary>
    public RuleTable Table { get; }
}
