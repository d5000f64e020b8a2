using Postern.Engine.Views;

namespace Postern.Engine.Media;

/// <summary>A text in an image.</summary>
/// <param name="Place">Where it stands, without the frame of lengths and names around it: those would be letters glued to its first word.</param>
/// <param name="Coding">How it is written there.</param>
internal readonly record struct MediaText(ByteRange Place, MediaTextCoding Coding = MediaTextCoding.Plain);
