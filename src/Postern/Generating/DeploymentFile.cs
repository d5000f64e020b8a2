namespace Postern.Program.Generating;

/// <summary>One file of a deployment.</summary>
/// <param name="Path">Where it goes, below the folder that was asked for.</param>
/// <param name="Source">Its template's name.</param>
internal sealed record DeploymentFile(string Path, string Source)
{
    /// <summary>The source that is the configuration itself.</summary>
    public const string Preset = "";

    /// <summary>What is filled in otherwise here.</summary>
    public Func<DeploymentValues, DeploymentValues> Adapt { get; init; } = static values => values;

    /// <summary>The file's text.</summary>
    public string Render(DeploymentValues values) => Source == Preset
        ? values.Config
        : Template.Render(Source, Adapt(values).Map());
}
