namespace Postern.Program.Posture;

/// <summary>A catalogue of threats or controls that assessors ask for.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Version">Which edition the ids are of.</param>
/// <param name="Controls">What is said of each.</param>
internal sealed record Framework(string Name, string Title, string Version, IReadOnlyList<FrameworkControl> Controls);
