namespace Postern.Engine.Configuration.Schema;

/// <summary>A setting with its place in the vocabulary.</summary>
/// <param name="Parent">The full key of the section; empty at the top level; <c>[]</c> marks a list of sections.</param>
/// <param name="Setting">The setting itself.</param>
/// <param name="Defaults">The section with its defaults; what a section is created with stands here.</param>
internal sealed record ConfigKey(string Parent, Setting Setting, object Defaults)
{
    /// <summary>The full key.</summary>
    public string Path => Parent.Length == 0 ? Setting.Key : $"{Parent}.{Setting.Key}";

    /// <summary>The default, or for a required setting nothing that can be shown.</summary>
    public object Default => Setting.Get(Defaults);
}
