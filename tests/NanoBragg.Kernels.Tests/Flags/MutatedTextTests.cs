using System.Globalization;
using System.Text;
using NanoBragg.Kernels.CLibrary;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Model;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Flags;

/// <summary>Damaged sources and matrices: each is read, by a second opinion on what stands there, or refused in one line.</summary>
public sealed class MutatedTextTests
{
    [Fact]
    public void A_damaged_matrix_is_read_right_or_refused_in_one_line()
    {
        var random = new Random(20_261_126);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var text = Mutated(string.Concat(Enumerable.Range(0, 3).Select(_ => Row(random, 3))), random);
            var words = text.Split([' ', '\t', '\n', '\v', '\f', '\r', '\u0085', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).Take(9).ToArray();
            var expected = words.Length == 9 && Array.TrueForAll(words, CNumber.StartsNumber) ? Array.ConvertAll(words, CNumber.ToDouble) : null;
            try
            {
                var matrix = MatrixFile.Read(Stream(text), "A.mat");
                double[] rows =
                [
                    matrix.AStar.X, matrix.BStar.X, matrix.CStar.X, matrix.AStar.Y, matrix.BStar.Y, matrix.CStar.Y, matrix.AStar.Z, matrix.BStar.Z, matrix.CStar.Z,
                ];
                rows.ShouldBe(expected, text);
                read++;
            }
            catch (ExperimentException e)
            {
                expected.ShouldBeNull(text);
                e.Message.ShouldMatch("^A.mat(:[0-9]+: | ends after [0-8] of )[ -~…]*$");
                refused++;
            }
        }

        read.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Damaged_sources_are_read_line_by_line_or_refused_in_one_line()
    {
        var random = new Random(20_261_126);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var text = Mutated(string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Row(random, random.Next(1, 6)))), random);
            var lines = text.Split('\n').Count(line => line.Trim(' ', '\t', ',', ';', ':', '!').Length > 0);
            try
            {
                // A line of delimiters alone that ends the file is a source too, because no line feed ends it.
                SourceFile.Read(Stream(text), "s.txt").Count.ShouldBeInRange(lines, lines + 1, text);
                read++;
            }
            catch (ExperimentException e)
            {
                lines.ShouldBe(0, text);
                e.Message.ShouldStartWith("there is no source in s.txt");
                e.Message.ShouldNotContain('\n');
                refused++;
            }
        }

        read.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_gigabyte_without_a_line_feed_is_refused_at_its_start()
    {
        using var endless = new Endless((byte)'7');

        Should.Throw<ExperimentException>(() => MatrixFile.Read(endless, "A.mat")).Message.ShouldStartWith("A.mat:1: the line is longer than 1000 characters");
        Should.Throw<ExperimentException>(() => SourceFile.Read(endless, "s.txt")).Message.ShouldStartWith("s.txt:1: the line is longer than 1000 characters");

        endless.Given.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void More_sources_than_make_sense_are_refused()
    {
        using var many = new Repeated("1\n"u8.ToArray(), 1_000_001);

        Should.Throw<ExperimentException>(() => SourceFile.Read(many, "s.txt")).Message.ShouldBe("s.txt:1000001: more than 1000000 sources: leave some out");
    }

    private static MemoryStream Stream(string text) => new(Encoding.Latin1.GetBytes(text));

    private static string Row(Random random, int numbers) =>
        string.Join(' ', Enumerable.Range(0, numbers).Select(_ => (random.NextDouble() - 0.5).ToString("G6", CultureInfo.InvariantCulture))) + "\n";

    // Some stay whole.
    private static string Mutated(string text, Random random) =>
        random.Next(4) == 0 ? text : Encoding.Latin1.GetString(TextDamage.Of(Encoding.Latin1.GetBytes(text), random));

    /// <summary>A stream without an end that counts what was taken from it.</summary>
    private sealed class Endless(byte content) : Source
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, content, offset, count);
            Given += count;
            return count;
        }
    }

    /// <summary>The same bytes again and again.</summary>
    private sealed class Repeated(byte[] content, int times) : Source
    {
        private int _done;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var filled = 0;
            for (; _done < times && filled + content.Length <= count; _done++, filled += content.Length)
            {
                content.CopyTo(buffer, offset + filled);
            }

            return filled;
        }
    }

    private abstract class Source : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
