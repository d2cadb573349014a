using System.Text;
using System.Text.Json.Nodes;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.StructureFactors;

public sealed class GeneratedDumpTests
{
    [Fact]
    public void A_dump_of_generated_reflections_has_their_values_and_the_default_in_the_gaps()
    {
        var parameters = JsonNode.Parse("""{ "h": [-2, 2], "k": [0, 3], "l": [-1, 1], "select": "even" }""")!;

        var grid = DumpFile.Read(new MemoryStream(GeneratedDump.Of(parameters, 7.5)), "Fdump.bin", 1 << 20);

        var lines = GeneratedReflections.Text(parameters).TrimEnd().Split('\n').Select(line => Array.ConvertAll(line.Split(' '), double.Parse)).ToArray();
        lines.ShouldAllBe(line => grid[(int)line[0], (int)line[1], (int)line[2]] == line[3]);
        grid[1, 0, 0].ShouldBe(7.5);
        Encoding.ASCII.GetString(GeneratedDump.Of(parameters, 7.5)[..20]).ShouldStartWith("-2 2 0 3 -1 1\n\f");
    }
}
