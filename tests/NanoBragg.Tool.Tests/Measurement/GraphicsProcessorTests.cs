using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class GraphicsProcessorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-test-");

    [Fact]
    public void Gpus_and_the_branch_of_their_driver_are_named_and_are_part_of_the_machine()
    {
        GraphicsProcessors.Of(Path.Combine(_folder.FullName, "none")).ShouldBeNull();
        foreach (var (bus, model) in new[] { ("0000:01:00.0", "Some GPU"), ("0000:02:00.0", "Another GPU"), ("0000:03:00.0", "Some GPU") })
        {
            var gpu = Directory.CreateDirectory(Path.Combine(_folder.FullName, "gpus", bus));
            File.WriteAllText(Path.Combine(gpu.FullName, "information"), $"Model: \t\t {model}\nIRQ:   \t\t 16\n");
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "version"), "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.90.07  Fri May 31 09:35:42 UTC 2024\nGCC version:  gcc 11\n");
        var graphics = GraphicsProcessors.Of(_folder.FullName);
        graphics.ShouldBe("Another GPU, 2 × Some GPU, driver 550");

        var without = MachineProbe.Create("GenuineIntel 6/143", "avx512", 8, "linux-x64", ".NET 10.0");
        var with = MachineProbe.Create("GenuineIntel 6/143", "avx512", 8, "linux-x64", ".NET 10.0", graphics);
        with.Graphics.ShouldBe(graphics);
        with.Id.ShouldNotBe(without.Id);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
