namespace Postern.Program.Migration;

/// <summary>Where in both configurations an import stands.</summary>
/// <param name="Pattern">The key in the table of rules; <c>[]</c> for any item and <c>*</c> for any name.</param>
/// <param name="Shown">The key as the file has it.</param>
/// <param name="Target">The key here.</param>
/// <param name="Within">What renamed keys are below: the innermost item, or empty.</param>
internal readonly record struct Place(string Pattern, string Shown, string Target, string Within)
{
    /// <summary>A key of this section.</summary>
    public Place Under(string key) => this with { Pattern = Join(Pattern, key), Shown = Join(Shown, key), Target = Join(Target, key) };

    /// <summary>The same under another name here.</summary>
    public Place RenamedTo(string key) => key.Length == 0 ? this : this with { Target = Join(Within, key) };

    /// <summary>An item of this list.</summary>
    /// <param name="pattern">How the table calls it.</param>
    /// <param name="shown">How the file calls it.</param>
    /// <param name="index">Which it is here.</param>
    public Place At(string pattern, string shown, int index) => new(pattern, shown, $"{Target}[{index}]", $"{Target}[{index}]");

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
