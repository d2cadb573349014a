using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.StructureFactors;

/// <summary>Damaged files: each is either read as it stands, by a second opinion on what stands there, or refused in one line.</summary>
public sealed partial class MutatedFilesTests
{
    private const long LimitBytes = 1 << 22;

    [Fact]
    public void A_damaged_list_is_read_right_or_refused_in_one_line()
    {
        var random = new Random(20_261_125);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var text = TextDamage.Of(List(random), random);
            var expected = SecondOpinion(text);
            try
            {
                var grid = HklFile.Read(new MemoryStream(text), "list.hkl", -1.0, LimitBytes);
                expected.ShouldNotBeNull(Encoding.Latin1.GetString(text));
                foreach (var (hkl, value) in expected)
                {
                    grid[hkl.H, hkl.K, hkl.L].ShouldBe(value);
                }

                var cells = grid.H.Count * grid.K.Count * grid.L.Count;
                cells.ShouldBe(
                    Extent(expected.Keys.Select(hkl => hkl.H)) * Extent(expected.Keys.Select(hkl => hkl.K)) * Extent(expected.Keys.Select(hkl => hkl.L)));
                read++;
            }
            catch (ExperimentException e)
            {
                e.Message.ShouldNotContain('\n');
                if (expected is null)
                {
                    e.Message.ShouldMatch("^list.hkl:[0-9]+: ", Encoding.Latin1.GetString(text));
                }
                else
                {
                    e.Message.ShouldContain("bytes of memory", customMessage: Encoding.Latin1.GetString(text));
                }

                refused++;
            }
        }

        read.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_damaged_dump_is_read_or_refused_in_one_line()
    {
        var random = new Random(20_261_125);
        var whole = new MemoryStream();
        DumpFile.Write(whole, HklFileTests.Grid("-1 0 2 1.5\n1 1 3 2.5\n"));
        var (read, refused) = (0, 0);
        for (var i = 0; i < 5_000; i++)
        {
            var damaged = TextDamage.Of(whole.ToArray(), random);
            try
            {
                var grid = DumpFile.Read(new MemoryStream(damaged), "Fdump.bin", LimitBytes);
                damaged.Length.ShouldBe(damaged.AsSpan().IndexOf("\n\f"u8) + 2 + (int)(8 * (grid.H.Count + 1) * (grid.K.Count + 1) * (grid.L.Count + 1)));
                read++;
            }
            catch (ExperimentException e)
            {
                e.Message.ShouldStartWith("Fdump.bin");
                e.Message.ShouldNotContain('\n');
                refused++;
            }
        }

        read.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(1000);
    }

    private static byte[] List(Random random)
    {
        var text = new StringBuilder();
        for (var line = random.Next(1, 8); line > 0; line--)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{random.Next(-9, 10),4}{random.Next(-9, 10),4}{random.Next(-9, 10),4} {random.NextDouble() * 100:F3}{(random.Next(4) == 0 ? "\r\n" : "\n")}");
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static Dictionary<(int H, int K, int L), double>? SecondOpinion(byte[] text)
    {
        var reflections = new Dictionary<(int H, int K, int L), double>();
        foreach (var line in Encoding.Latin1.GetString(text).Split('\r', '\n'))
        {
            if (line.Trim(' ', '\t', '\v', '\f').Length == 0)
            {
                continue;
            }

            var match = Line().Match(line);
            if (!match.Success || !Index("h", out var h) || !Index("k", out var k) || !Index("l", out var l))
            {
                return null;
            }

            reflections[(h, k, l)] = double.Parse(match.Groups["f"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (!double.IsFinite(reflections[(h, k, l)]))
            {
                return null;
            }

            bool Index(string group, out int index) =>
                int.TryParse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index)
                && Math.Abs((long)index) <= HklScanner.LargestIndex;
        }

        return reflections.Count == 0 ? null : reflections;
    }

    private static long Extent(IEnumerable<int> indices) => (long)indices.Max() - indices.Min() + 1;

    [GeneratedRegex(
        @"^[ \t\v\f]*(?<h>[+-]?[0-9]+)([ \t\v\f]+|(?=[+-]))(?<k>[+-]?[0-9]+)([ \t\v\f]+|(?=[+-]))(?<l>[+-]?[0-9]+)([ \t\v\f]+|(?=[+-]))"
        + @"(?<f>[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)[ \t\v\f]*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
