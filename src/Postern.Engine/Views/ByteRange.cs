namespace Postern.Engine.Views;

/// <summary>A half-open range of bytes.</summary>
internal readonly record struct ByteRange(int Start, int End)
{
    public int Length => End - Start;
}
