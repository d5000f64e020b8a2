using Postern.Engine.Media;

namespace Postern.Engine.Configuration.Schema;

/// <summary>The words by which the configuration speaks of media.</summary>
internal static class MediaWords
{
    private static readonly (string Word, MediaFamily Family)[] s_families =
    [
        ("images", MediaFamily.Image), ("audio", MediaFamily.Audio), ("video", MediaFamily.Video), ("fonts", MediaFamily.Font),
        ("documents", MediaFamily.Document), ("archives", MediaFamily.Archive), ("executables", MediaFamily.Executable),
    ];

    /// <summary>A kind of media.</summary>
    public static readonly TextFormat Family = new("kind of media", "archives", static text => OneOf(text, s_families.Select(static pair => pair.Word)));

    /// <summary>An image format.</summary>
    public static readonly TextFormat Image = new("image format", "png", static text => OneOf(text, MediaFormats.ImageNames));

    /// <summary>What a word means.</summary>
    public static MediaFamily FamilyOf(string word) => Array.Find(s_families, pair => pair.Word == word).Family;

    private static TextCheck OneOf(string text, IEnumerable<string> words) =>
        words.Contains(text) ? TextCheck.Ok(text) : TextCheck.Refuse("expected one of " + string.Join(", ", words));
}
