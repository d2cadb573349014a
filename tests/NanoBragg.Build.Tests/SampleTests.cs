using Shouldly;
using Xunit;

namespace NanoBragg.Build.Tests;

/// <summary>The sample of the repository, as a newcomer meets it.</summary>
[Collection(PackedFeed.Collection)]
public sealed class SampleTests
{
    [Fact]
    public void A_kernel_that_does_twice_the_work_is_caught_by_its_time_alone()
    {
        var folder = PackedFeed.NewFolder("sample");
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "sample")).Where(file => Path.GetExtension(file) is ".cs" or ".csproj"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var recorded = Build(folder, "-p:NanoBraggUpdateBaseline=true");
        recorded.ExitCode.ShouldBe(0, recorded.Output);

        var source = Path.Combine(folder, "InverseSquareRoot.cs");
        var text = File.ReadAllText(source);
        text.ShouldContain("const int Work = 20;");
        File.WriteAllText(source, text.Replace("const int Work = 20;", "const int Work = 40;", StringComparison.Ordinal));
        var red = Build(folder);

        red.ExitCode.ShouldBe(1, red.Output);
        var diagnostic = red.Diagnostics.ShouldHaveSingleItem();
        diagnostic.ShouldStartWith(Path.Combine(folder, "nanobragg.baseline.json") + "(");
        diagnostic.ShouldContain(": error NB1001: ");
        diagnostic.ShouldContain("time");
    }

    private static CommandResult Build(string folder, params IEnumerable<string> arguments) =>
        DotNet.Run(folder, ["build", "-tl:off", "-nodeReuse:false", "-m:1", .. arguments]);
}
