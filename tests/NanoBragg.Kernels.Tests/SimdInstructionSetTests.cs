using System.Diagnostics;
using NanoBragg.Tests.Processes;
using Shouldly;

namespace NanoBragg.Kernels.Tests;

/// <summary>Runs the tests of the SIMD back end again in a process whose runtime is told that the processor has less than it has.</summary>
public sealed class SimdInstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Pictures_are_the_same_without(string instructionSet)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "vstest", typeof(SimdBackEndTests).Assembly.Location, $"--TestCaseFilter:FullyQualifiedName~{nameof(SimdBackEndTests)}" },
            Environment = { [instructionSet] = "0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var child = Process.Start(start)!;
        var (exitCode, output, error) = await child.End();
        exitCode.ShouldBe(0, output + error);
        output.ShouldContain("Passed!");
    }
}
