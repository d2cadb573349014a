using System.Text;
using NanoBragg.Tool.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Baselines;

/// <summary>A baseline is a file that anybody may have written: it is read, or refused with a place and a reason, and never anything else.</summary>
public class BaselineFuzzTests
{
    private static readonly string[] Pieces = ["{", "}", "[", "]", ",", ":", "\"", "null", "-1", "1e999", "NaN", "\\u0000", "\"value\": ", "<<<<<<< HEAD\n", "/*", "//", "\u00d7", new string('[', 200), new string('9', 400)];

    [Fact]
    public void Ten_thousand_damaged_files_are_read_or_refused_with_a_place()
    {
        var random = new Random(20261125);
        var (read, refused) = (0, 0);
        for (var file = 0; file < 10_000; file++)
        {
            var bytes = Damaged(Encoding.UTF8.GetBytes(Sample.Full), random);
            try
            {
                // What is read can be written, and reads as the same again.
                var text = BaselineText.Write(BaselineFile.Parse("nanobragg.baseline.json", bytes).Content);
                BaselineText.Write(BaselineFile.Parse("nanobragg.baseline.json", Encoding.UTF8.GetBytes(text)).Content).ShouldBe(text);
                read++;
            }
            catch (BaselineException e)
            {
                e.Message.ShouldNotBeNullOrWhiteSpace();
                e.Message.Length.ShouldBeLessThan(700);
                e.Message.Any(char.IsControl).ShouldBeFalse();
                refused++;
            }
        }

        read.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(1_000);
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var edit = random.Next(1, 4); edit > 0; edit--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    bytes.RemoveRange(Math.Max(1, at), bytes.Count - Math.Max(1, at));
                    break;
            }
        }

        return [.. bytes];
    }
}
