namespace Postern.Program.Releasing;

/// <summary>How a release was built.</summary>
/// <param name="Source">Where its source is, as a git URI.</param>
/// <param name="Commit">Which of it, in hex.</param>
/// <param name="Target">What it runs on, such as <c>linux-x64</c>.</param>
/// <param name="Builder">Who built it, as a URI.</param>
internal sealed record BuildFacts(string Source, string Commit, string Target, string Builder);
