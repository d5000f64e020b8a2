using Postern.Engine.Detection.Known;

namespace Postern.Engine.Tests.Detection.Known;

public sealed class SkeletonTests
{
    [Fact]
    public void Letters_and_digits_stay_in_their_order_whatever_stands_between_and_however_long_the_text_is()
    {
        var random = new Random(7);
        for (var length = 0; length < 70; length++)
        {
            var text = new byte[length];
            random.NextBytes(text);
            for (var i = 0; i < length; i += 2)
            {
                text[i] = (byte)"az09AZ-/:@[`{ "[random.Next(14)];
            }

            var output = new byte[length + 1];

            var kept = Skeleton.Copy(text, output);

            Assert.Equal(text.Where(static b => char.IsAsciiLetterOrDigit((char)b)), output[..kept]);
        }
    }

    [Fact]
    public void Each_byte_counts_or_does_not()
    {
        byte[] text = [.. Enumerable.Range(0, 256).Select(static b => (byte)b)];
        var output = new byte[257];

        Assert.Equal(62, Skeleton.Copy(text, output));
    }
}
