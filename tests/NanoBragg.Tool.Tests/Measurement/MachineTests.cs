using System.Text.RegularExpressions;
using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class MachineTests
{
    [Fact]
    public void The_fingerprint_is_the_same_each_time_and_readable()
    {
        var machine = MachineProbe.Read();

        machine.ShouldBe(MachineProbe.Read());
        Regex.IsMatch(machine.Id, "^[a-z0-9-]+-[0-9]+cpu-[a-z]+-[a-z0-9]+-[0-9a-f]{4}$").ShouldBeTrue(machine.Id);
        machine.Processors.ShouldBe(Environment.ProcessorCount);
        machine.Runtime.ShouldBe($".NET {Environment.Version.Major}.{Environment.Version.Minor}");
    }

    [Fact]
    public void The_fingerprint_names_neither_host_nor_user_nor_folder()
    {
        var machine = MachineProbe.Read();

        machine.ToString().ShouldNotContain(Environment.MachineName);
        machine.ToString().ShouldNotContain(Environment.UserName);
        machine.ToString().ShouldNotContain("/home");
    }

    [Fact]
    public void Every_property_changes_the_identifier()
    {
        var ids = new[]
        {
            MachineProbe.Create("AuthenticAMD 25/1", "avx2+fma", 2, "linux-x64", ".NET 10.0"),
            MachineProbe.Create("AuthenticAMD 25/2", "avx2+fma", 2, "linux-x64", ".NET 10.0"),
            MachineProbe.Create("AuthenticAMD 25/1", "avx512+avx2+fma", 2, "linux-x64", ".NET 10.0"),
            MachineProbe.Create("AuthenticAMD 25/1", "avx2+fma", 4, "linux-x64", ".NET 10.0"),
            MachineProbe.Create("AuthenticAMD 25/1", "avx2+fma", 2, "linux-arm64", ".NET 10.0"),
            MachineProbe.Create("AuthenticAMD 25/1", "avx2+fma", 2, "linux-x64", ".NET 11.0"),
        }.Select(machine => machine.Id).ToList();

        ids.Distinct().Count().ShouldBe(ids.Count);
        ids[0].ShouldStartWith("amd-25-1-2cpu-linux-x64-");
    }

    [Theory]
    [InlineData("processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 1\nmodel name\t: Some EPYC\n", "AuthenticAMD 25/1")]
    [InlineData("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n", "arm 0x41/0xd0c")]
    [InlineData("", "unknown")]
    public void The_processor_is_read_from_cpuinfo(string cpuinfo, string processor) => MachineProbe.ProcessorOf(cpuinfo).ShouldBe(processor);
}
