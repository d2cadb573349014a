using System.Text;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.StructureFactors;

public sealed class HklFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-hkl-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_grid_just_holds_the_list_and_has_the_default_in_its_gaps()
    {
        var grid = Grid("1 -2 3 10.5\n2 0 3 20\n", missing: 7.0);

        (grid.H, grid.K, grid.L).ShouldBe((new(1, 2), new(-2, 0), new(3, 3)));
        double[] values = [grid[1, -2, 3], grid[1, -1, 3], grid[1, 0, 3], grid[2, -2, 3], grid[2, -1, 3], grid[2, 0, 3]];
        values.ShouldBe([10.5, 7.0, 7.0, 7.0, 7.0, 20.0]);
        grid.Contains(1, -3, 3).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => grid[0, 0, 3]).Message.ShouldContain("0 0 3");
    }

    [Theory]
    [InlineData("1 2 3 4")]
    [InlineData("  1\t2 \v3\f4.  \n")]
    [InlineData("\r\n\r\n+1 2 03 +.4e1\r\n\r\n")]
    [InlineData("1 2 3 99\r1 2 3 4\r")]
    [InlineData("1+2+3+4")]
    [InlineData("1 2 3 40000000000000000000e-19")]
    public void Numbers_are_read_as_the_reference_programs_scanner_reads_them(string text)
    {
        var grid = Grid(text);

        (grid.H, grid.K, grid.L).ShouldBe((new(1, 1), new(2, 2), new(3, 3)));
        grid[1, 2, 3].ShouldBe(4.0);
    }

    [Fact]
    public void Signs_part_numbers_without_space_between_them()
    {
        var grid = Grid("-12-100-1-4e-1");

        grid[-12, -100, -1].ShouldBe(-0.4);
    }

    [Theory]
    [InlineData("1 2 3 4\n1.5 0 0 1\n", 2, "h is '1.5', which is not written as a whole number")]
    [InlineData("1 2.0 3 4\n", 1, "k is '2.0', which is not written as a whole number")]
    [InlineData("1 2 1e1 4\n", 1, "l is '1e1', which is not written as a whole number")]
    [InlineData("1 2 3000000000 4\n", 1, "l is '3000000000', which is beyond")]
    [InlineData("1 2 99999999999999999999 4\n", 1, "beyond")]
    [InlineData("1 2 -2147483648 4\n", 1, "beyond")]
    [InlineData("\n\r\n1 2 3 4 5\n1 2 3 4 5\n", 3, "more than h k l F on the line ('5')")]
    [InlineData("1 2 3 4 1 2 3 4\n", 1, "more than h k l F on the line ('1')")]
    [InlineData("1 2 3 4.5.6\n", 1, "more than h k l F on the line ('.6')")]
    [InlineData("1 2 3 4 # comment\n", 1, "more than h k l F on the line ('#')")]
    [InlineData("1 2 3\n4\n", 1, "the line ends before F")]
    [InlineData("1 2 3 4\n1 2", 2, "the line ends before l")]
    [InlineData("h k l F\n", 1, "h is 'h', which is not a number")]
    [InlineData("1 2 3 4\nEND\n", 2, "h is 'END', which is not a number")]
    [InlineData("1,2,3,4\n", 1, "k is ',2,3,4', which is not a number")]
    [InlineData("1 2 3 nan\n", 1, "F is 'nan', which is not a number")]
    [InlineData("1 2 3 -inf\n", 1, "F is '-inf', which is not a number")]
    [InlineData("1 2 3 4e\n", 1, "F is '4e', which is not a number")]
    [InlineData("1 2 3 1e999\n", 1, "F is '1e999', which is too large")]
    [InlineData("1 - 3 4\n", 1, "k is '-', which is not a number")]
    [InlineData("\u00ef\u00bb\u00bf1 2 3 4\n", 1, @"'\xef\xbb\xbf1'")]
    [InlineData("1 2 3 \0\n", 1, @"F is '\x00', which is not a number")]
    [InlineData("", 1, "there is no reflection")]
    [InlineData(" \n\n\t\n", 4, "there is no reflection")]
    public void What_the_reference_program_would_misread_is_an_error_at_its_line(string text, int line, string what) =>
        Refusal(text).ShouldSatisfyAllConditions(
            message => message.ShouldStartWith($"list.hkl:{line}: "), message => message.ShouldContain(what), message => message.ShouldNotContain('\n'));

    [Fact]
    public void A_number_without_an_end_is_refused_before_it_fills_the_memory() =>
        Refusal("1 2 3 " + new string('9', 10_000)).ShouldContain("more than 512 characters");

    [Theory]
    [InlineData("0 0 0 1\n9999 9999 9999 1\n")]
    [InlineData("-1000000000 0 -1000000000 1\n1000000000 0 1000000000 1\n")]
    [InlineData("-1000000000 -1000000000 -1000000000 1\n1000000000 1000000000 1000000000 1\n")]
    public void Indices_that_need_terabytes_are_refused_with_their_range(string text) =>
        Refusal(text).ShouldSatisfyAllConditions(
            message => message.ShouldStartWith("list.hkl: h "), message => message.ShouldContain("bytes of memory"));

    [Fact]
    public void A_missing_file_and_a_folder_are_refused_by_name()
    {
        var missing = Path.Combine(_folder.FullName, "missing.hkl");

        Should.Throw<ExperimentException>(() => HklFile.Read(missing, 0.0)).Message.ShouldContain(missing);
        Should.Throw<ExperimentException>(() => HklFile.Read(_folder.FullName, 0.0)).Message.ShouldContain(_folder.FullName);
    }

    [Fact]
    public void A_gigabyte_of_zero_bytes_is_refused_after_its_first()
    {
        var path = Path.Combine(_folder.FullName, "zeros.hkl");
        using (var file = File.Create(path))
        {
            file.SetLength(1L << 30);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<ExperimentException>(() => HklFile.Read(path, 0.0)).Message.ShouldStartWith($"{path}:1: ");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void A_long_list_takes_the_memory_of_its_grid_alone()
    {
        var path = Path.Combine(_folder.FullName, "long.hkl");
        File.WriteAllBytes(path, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1 2 3 4.5\n\n   \n", 100_000)) + "2 2 3 1.5"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var grid = HklFile.Read(path, 0.0);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
        (grid[1, 2, 3], grid[2, 2, 3]).ShouldBe((4.5, 1.5));
    }

    [Fact]
    public void Values_that_do_not_fill_the_box_are_refused()
    {
        IndexRange three = new(-1, 1), none = new(1, 0);

        Should.Throw<ArgumentException>(() => new StructureFactorGrid(three, three, three, new double[26])).Message.ShouldContain("26 structure factors");
        Should.Throw<ArgumentException>(() => new StructureFactorGrid(three, none, three, []));
    }

    internal static StructureFactorGrid Grid(string text, double missing = 0.0) =>
        HklFile.Read(new MemoryStream(Encoding.Latin1.GetBytes(text)), "list.hkl", missing, limitBytes: null);

    private static string Refusal(string text) => Should.Throw<ExperimentException>(() => Grid(text)).Message;
}
