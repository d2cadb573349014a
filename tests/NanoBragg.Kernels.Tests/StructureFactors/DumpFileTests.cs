using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.StructureFactors;

public sealed class DumpFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-dump-");

    private string Dump => Path.Combine(_folder.FullName, "Fdump.bin");

    public void Dispose() => _folder.Delete(recursive: true);

    // The hashes are of files that the C program wrote.
    [Theory]
    [InlineData("{}", 0.0, "0778c05a910fdb2585db14a8a315d58d1a450329fcc7af1f0726c3e8ce9ddfe6")]
    [InlineData("""{"h":[-6,6],"k":[-6,6],"l":[-6,6],"select":"even"}""", 10.0, "956a6e1903d887ccb043872c33e4289659498b763756d10a6dad9838dfc320a7")]
    [InlineData("""{"h":[-3,2],"k":[-4,4],"l":[-2,5],"select":"even"}""", 3.0, "1da069fc9e2bb836235e3495e07d51be6acb7ede6f91fb43364c8bef22ccea11")]
    public void A_dump_is_the_reference_programs_byte_for_byte_and_read_back_as_the_same_grid(string list, double missing, string sha256)
    {
        var grid = HklFileTests.Grid(GeneratedReflections.Text(JsonNode.Parse(list)!), missing);
        Write(grid);

        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Dump))).ShouldBe(sha256);
        var back = DumpFile.TryRead(Dump)!;
        (back.H, back.K, back.L).ShouldBe((grid.H, grid.K, grid.L));
        for (var h = grid.H.Minimum; h <= grid.H.Maximum; h++)
        {
            for (var k = grid.K.Minimum; k <= grid.K.Maximum; k++)
            {
                back[h, k].SequenceEqual(grid[h, k]).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Doubles_that_look_like_white_space_are_no_part_of_the_first_line()
    {
        // Its first byte is a space, which the reference program's reader would skip.
        var value = BitConverter.Int64BitsToDouble(0x4059_0909_0909_0920);
        Write(new(new(0, 0), new(0, 0), new(0, 0), [value]));

        DumpFile.TryRead(Dump)![0, 0, 0].ShouldBe(value);
    }

    [Fact]
    public void No_file_means_no_structure_factors() => DumpFile.TryRead(Dump).ShouldBeNull();

    [Theory]
    [InlineData("", "six ends")]
    [InlineData("0 0 0 0 0 0\n", "six ends")]
    [InlineData("0 0 0 0 0\n\f", "six ends")]
    [InlineData("0 0 0 0 0 99999999999\n\f", "six ends")]
    [InlineData("0 0 0 0 0 2000000000\n\f", "six ends")]
    [InlineData("0 0 0 0 1 0\n\f", "no reflection")]
    [InlineData("0 0 0 0 0 0\n\f", "13 bytes, and its first line promises 77")]
    [InlineData("0 0 0 0 0 0\n\f1234567812345678123456781234567812345678123456781234567812345678x", "78 bytes, and its first line promises 77")]
    [InlineData("-1000000000 1000000000 -1000000000 1000000000 -1000000000 1000000000\n\f", "promises")]
    public void A_file_that_is_no_whole_dump_is_refused(string text, string what)
    {
        File.WriteAllText(Dump, text, Encoding.Latin1);

        Should.Throw<ExperimentException>(() => DumpFile.TryRead(Dump)).Message.ShouldSatisfyAllConditions(
            message => message.ShouldStartWith(Dump), message => message.ShouldContain(what), message => message.ShouldNotContain('\n'));
    }

    [Fact]
    public void A_dump_that_needs_too_much_memory_is_refused()
    {
        Write(new(new(0, 9), new(0, 9), new(0, 9), new double[1000]));

        Should.Throw<ExperimentException>(() => DumpFile.TryRead(Dump, limitBytes: 7999)).Message.ShouldContain("8000 bytes of memory, and 7999");
        DumpFile.TryRead(Dump, limitBytes: 8000).ShouldNotBeNull();
    }

    private void Write(StructureFactorGrid grid)
    {
        using var file = File.Create(Dump);
        DumpFile.Write(file, grid);
    }
}
