using NanoBragg.Tool.Measurement.Identity;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement.Identity;

/// <summary>What changes the identity of a scenario, and what does not: the same source, edited and compiled.</summary>
public sealed class CodeIdentityTests : IDisposable
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Threading.Tasks;
        using NanoBragg;

        namespace Own;

        internal static class Benchmarks
        {
            [KernelBenchmark("calls", Measures = "x")]
            [KernelCase(3)]
            internal static KernelRun Calls(int rounds) => new(() => Near(rounds)) { Check = () => new Dictionary<string, double>() };

            [KernelBenchmark("behind")]
            internal static KernelRun Behind() { IShape shape = Shapes.Make(); return new(() => shape.Area()); }

            [KernelBenchmark("generic")]
            internal static KernelRun Generic() => new(() => Work<int>());

            [KernelBenchmark("table")]
            internal static KernelRun Table() => new(() => Tables.Sum());

            [KernelBenchmark("waits")]
            internal static KernelRun Waits() => new(() => Wait().Wait());

            [KernelBenchmark("yields")]
            internal static KernelRun Yields() => new(() => { foreach (var x in Items()) { Last = x; } });

            [KernelBenchmark("starts")]
            internal static KernelRun Starts() => new(() => Last = Started.Value);

            [KernelBenchmark("boxes")]
            internal static KernelRun Boxes() => new(() => Last = new Box<int>(3).Get().Item2);

            [KernelBenchmark("operates")]
            internal static KernelRun Operates() => new(() => Last = Operate<Twice>());

            [KernelBenchmark("looks")]
            internal static KernelRun Looks() => new(() => Activator.CreateInstance(Type.GetType("Own.Hidden")!));

            private static int Last;

            private static void Near(int rounds) => Far(rounds);

            [MethodImpl(MethodImplOptions.NoInlining)]
            private static void Far(int rounds) { try { Last = rounds * 17; } catch (OverflowException) { Last = 0; } }

            private static int Work<T>() => typeof(T).Name.Length;

            private static async Task Wait() { await Task.Yield(); Last = 21; }

            private static IEnumerable<int> Items() { yield return 31; }

            private static int Operate<T>() where T : IOperation => T.Do();

            private static void Nobody() => Last = 41;
        }

        internal static class Tables
        {
            private static readonly double[] Weights = [1, 2, 4];
            public static double Sum() { var sum = 0.0; foreach (var w in Weights) { sum += w; } return sum; }
        }

        internal sealed class Box<T>(T value) where T : struct { public (T, int) Get() => (value, 81); }
        internal interface IOperation { static abstract int Do(); }
        internal struct Twice : IOperation { public static int Do() => 91; }
        internal interface IShape { int Area(); }
        internal static class Shapes { public static IShape Make() => new Square(); }
        internal sealed class Square : IShape { public int Area() => 51; }
        internal sealed class Hidden { public Hidden() => GC.KeepAlive(61); }
        internal static class Started { public static readonly int Value = Compute(); private static int Compute() => 71; }
        """;

    private static readonly string[] All = ["behind", "boxes", "calls", "generic", "looks", "operates", "starts", "table", "waits", "yields"];

    private static readonly Lazy<CodeIdentity> Original = new(() =>
    {
        using var folder = new TemporaryFolder();
        return CodeIdentity.Of(Compiler.Compile(folder["Own.dll"], Source))!;
    });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_scenario_has_sixteen_digits_of_its_own()
    {
        Original.Value.Assembly.ShouldBe("Own");
        Original.Value.Scenarios.Keys.Order().ShouldBe(All);
        Original.Value.Scenarios.Values.ShouldBeUnique();
        Original.Value.Scenarios.Values.ShouldAllBe(hash => hash.Length == 16 && hash.All(char.IsAsciiHexDigitLower));
    }

    [Fact]
    public void A_comment_and_an_empty_line_change_the_file_and_no_identity()
    {
        var plain = Compiler.Compile(_folder["a/Own.dll"], Source);
        var commented = Compiler.Compile(_folder["b/Own.dll"], Source.Replace("private static void Near", "// Near.\n\n    private static void Near", StringComparison.Ordinal));
        File.ReadAllBytes(commented).ShouldNotBe(File.ReadAllBytes(plain));
        CodeIdentity.Of(commented)!.Scenarios.ShouldBe(Original.Value.Scenarios, ignoreOrder: true);
    }

    [Fact]
    public void The_folder_of_a_file_is_none_of_an_identity_though_it_is_in_the_names_of_types_that_are_the_file_s_own()
    {
        var source = Source.Replace("private static void Near(int rounds) => Far(rounds);", "private static void Near(int rounds) => Helping.Far(rounds);", StringComparison.Ordinal)
            + "\nfile static class Helping { public static int Last; public static void Far(int rounds) => Last = rounds * 17; }\n";
        var here = Compiler.Compile(_folder["a/Own.dll"], source);
        var there = Compiler.Compile(_folder["b/Own.dll"], source);
        File.ReadAllBytes(there).ShouldNotBe(File.ReadAllBytes(here));
        CodeIdentity.Of(there)!.Scenarios.ShouldBe(CodeIdentity.Of(here)!.Scenarios, ignoreOrder: true);

        var other = CodeIdentity.Of(Compiler.Compile(_folder["c/Own.dll"], source.Replace("Last = rounds * 17; }\n", "Last = rounds * 18; }\n", StringComparison.Ordinal)))!;
        other.Scenarios["calls"].ShouldNotBe(CodeIdentity.Of(here)!.Scenarios["calls"]);
    }

    [Fact]
    public void The_version_is_told_and_is_no_part_of_an_identity()
    {
        var newer = CodeIdentity.Of(Compiler.Compile(_folder["Own.dll"], Source.Replace("namespace Own;", "[assembly: System.Reflection.AssemblyInformationalVersion(\"2.0.0-x+9a3f\")]\nnamespace Own;", StringComparison.Ordinal)))!;
        newer.Version.ShouldBe("0.0.0.0 2.0.0-x");
        newer.Scenarios.ShouldBe(Original.Value.Scenarios, ignoreOrder: true);
    }

    [Theory]
    [InlineData("an unreached method", "Last = 41", "Last = 42")]
    [InlineData("the name of a local", "sum", "total")]
    [InlineData("the name of a parameter", "void Far(int rounds) { try { Last = rounds *", "void Far(int turns) { try { Last = turns *")]
    [InlineData("a type that nobody reaches", "GC.KeepAlive(61)", "GC.KeepAlive(62)")]
    public void What_a_scenario_does_not_reach_does_not_change_it(string what, string from, string to) =>
        Changed(from, to).ShouldBe(what.StartsWith("the name", StringComparison.Ordinal) ? [] : ["looks"], what);

    [Fact]
    public void The_order_of_methods_is_none_of_an_identity()
    {
        const string First = "    private static int Work<T>() => typeof(T).Name.Length;\n\n";
        var at = Source.IndexOf("    private static void Near", StringComparison.Ordinal);
        var moved = Source.Replace(First, "", StringComparison.Ordinal).Insert(at, First);
        moved.Length.ShouldBe(Source.Length);
        CodeIdentity.Of(Compiler.Compile(_folder["Own.dll"], moved))!.Scenarios.Where(pair => Original.Value.Scenarios[pair.Key] != pair.Value).Select(pair => pair.Key).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("calls", "rounds * 17", "rounds * 18")] // A constant, two calls and a closure away.
    [InlineData("calls", "[KernelCase(3)]", "[KernelCase(4)]")]
    [InlineData("calls", "NoInlining", "AggressiveInlining")]
    [InlineData("calls", "OverflowException", "InvalidOperationException")]
    [InlineData("behind", "Area() => 51", "Area() => 52")]
    [InlineData("behind", "new Square();", "new Square(); public sealed class Other : IShape { public int Area() => 53; }")]
    [InlineData("generic", "Work<int>()", "Work<long>()")]
    [InlineData("table", "[1, 2, 4]", "[1, 2, 5]")]
    [InlineData("waits", "Last = 21", "Last = 22")]
    [InlineData("yields", "yield return 31", "yield return 32")]
    [InlineData("boxes", "81", "82")]
    [InlineData("operates", "=> 91", "=> 92")]
    [InlineData("starts", "=> 71", "=> 72")]
    [InlineData("looks", "\"Own.Hidden\"", "\"Own.Other\"")]
    public void What_a_scenario_reaches_changes_it_and_no_other(string scenario, string from, string to)
    {
        // What looks for code by name may find any, so any change is one of it.
        Changed(from, to).ShouldBe(((string[])[scenario, "looks"]).Distinct().Order());
    }

    [Fact]
    public void Code_without_optimisation_is_other_code() =>
        CodeIdentity.Of(Compiler.Compile(_folder["Own.dll"], Source, "-optimize-"))!.Scenarios.ShouldAllBe(pair => Original.Value.Scenarios[pair.Key] != pair.Value);

    [Fact]
    public void An_assembly_beside_it_is_walked_through_a_package_counts_as_a_whole_and_only_where_it_is_used()
    {
        const string Parts = "namespace Parts { public static class Part { public static int Used() => 1; public static int Unused() => 2; } }";
        const string Kernels = """
            using NanoBragg;
            internal static class Kernels
            {
                [KernelBenchmark("uses")] internal static KernelRun Uses() => new(() => Parts.Part.Used());
                [KernelBenchmark("does-not")] internal static KernelRun DoesNot() => new(() => { });
            }
            """;
        IReadOnlyDictionary<string, string> With(string parts, bool beside, string name)
        {
            var part = Compiler.Compile(_folder[$"{name}/{(beside ? "" : "package/")}Parts.dll"], parts, "-d:PARTS");
            var own = Compiler.Compile(_folder[$"{name}/Own.dll"], Kernels, "-r:" + part);
            File.WriteAllText(_folder[$"{name}/Own.deps.json"], $$$"""
                { "targets": { "net10.0": { "Parts/1.0.0": { "runtime": { "Parts.dll": {} } } } }, "libraries": { "Parts/1.0.0": { "path": "{{{_folder[name + "/package"]}}}" } } }
                """);
            return CodeIdentity.Of(own)!.Scenarios;
        }

        var unused = Parts.Replace("2", "3", StringComparison.Ordinal);
        var beside = With(Parts, true, "a");
        With(unused, true, "b").ShouldBe(beside, ignoreOrder: true);
        With(Parts.Replace("1", "3", StringComparison.Ordinal), true, "c")["uses"].ShouldNotBe(beside["uses"]);

        var package = With(Parts, false, "d");
        var other = With(unused, false, "e");
        other["uses"].ShouldNotBe(package["uses"]);
        other["does-not"].ShouldBe(package["does-not"]);
    }

    [Fact]
    public void The_repositorys_own_kernels_are_told_apart()
    {
        var kernels = CodeIdentity.Of(Path.Combine(AppContext.BaseDirectory, "NanoBragg.Kernels.dll"))!;
        kernels.Scenarios.Count.ShouldBeGreaterThan(5);
        kernels.Scenarios.Values.ShouldBeUnique();
    }

    [Fact]
    public void What_is_no_assembly_has_no_identity()
    {
        CodeIdentity.Of(_folder["none.dll"]).ShouldBeNull();
        CodeIdentity.Of(_folder.Write("text.dll", "no assembly")).ShouldBeNull();
        var bytes = File.ReadAllBytes(Fixture.AssemblyPath);
        File.WriteAllBytes(_folder["cut.dll"], bytes[..(bytes.Length / 3)]);
        CodeIdentity.Of(_folder["cut.dll"]).ShouldBeNull();
    }

    private IReadOnlyList<string> Changed(string from, string to)
    {
        Source.ShouldContain(from);
        var scenarios = CodeIdentity.Of(Compiler.Compile(_folder["Own.dll"], Source.Replace(from, to, StringComparison.Ordinal)))!.Scenarios;
        return [.. scenarios.Where(pair => Original.Value.Scenarios[pair.Key] != pair.Value).Select(pair => pair.Key).Order()];
    }
}
