using System.Reflection;
using NanoBragg.Tool.Measurement.Workers;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>Wrong declarations are refused in words that name the method.</summary>
public sealed class DeclarationTests
{
    [Theory]
    [InlineData(nameof(Wrong.ReturnsNothing), "must be a static method, not generic, that returns a KernelRun")]
    [InlineData(nameof(Wrong.OnAnInstance), "must be a static method, not generic, that returns a KernelRun")]
    [InlineData(nameof(Wrong.HasASpace), "'Has A Space' cannot name a scenario; use lower-case letters and digits, joined by hyphens")]
    [InlineData(nameof(Wrong.NeedsCases), "has parameters, so it needs at least one [KernelCase(...)] that gives their values")]
    [InlineData(nameof(Wrong.TooManyArguments), "the case '1-2' gives 2 arguments, but the method has 1 parameters")]
    [InlineData(nameof(Wrong.WrongType), "the case 'many' gives many for the parameter 'count', which is of type Int32")]
    [InlineData(nameof(Wrong.SameCaseTwice), "two cases are named '1'; give one another Name")]
    [InlineData(nameof(Wrong.ComparesNothing), "the comparison 'ratio' names the case 'two', which is not declared; there are one")]
    [InlineData(nameof(Wrong.UnknownRate), "the comparison 'ratio' has the rate 'speed'; there are steps, wall-steps, bytes, first-call")]
    public void A_wrong_declaration_is_refused(string method, string message)
    {
        var error = Should.Throw<UserError>(() => BenchmarkDeclaration.Read(MethodOf(typeof(Wrong), method)));

        error.Message.ShouldStartWith($"{typeof(Wrong).FullName}.{method}");
        error.Message.ShouldEndWith(message);
    }

    [Fact]
    public void Arguments_are_converted_to_the_parameters_types()
    {
        var benchmark = BenchmarkDeclaration.Read(MethodOf(typeof(Right), nameof(Right.AllTypes)))!;

        benchmark.Measures.ShouldBe("Everything.");
        benchmark.Cases.Single().Name.ShouldBe("text-1-2.5-true-Friday");
        benchmark.Cases.Single().Arguments.ShouldBe(["text", 1L, 2.5f, true, DayOfWeek.Friday]);
    }

    [Fact]
    public void A_method_that_is_no_benchmark_is_passed_over() =>
        BenchmarkDeclaration.Read(MethodOf(typeof(Right), nameof(Right.NoBenchmark))).ShouldBeNull();

    private static MethodInfo MethodOf(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static class Right
    {
        [KernelBenchmark("all-types", Measures = "Everything.")]
        [KernelCase("text", 1, 2.5, true, "Friday")]
        internal static KernelRun AllTypes(string text, long number, float real, bool flag, DayOfWeek day) => new(() => _ = (text, number, real, flag, day));

        internal static KernelRun NoBenchmark() => new(static () => { });
    }

    private sealed class Wrong
    {
        [KernelBenchmark("returns-nothing")]
        internal static void ReturnsNothing()
        {
        }

#pragma warning disable CA1822 // That it is not static is what is wrong with it.
        [KernelBenchmark("on-an-instance")]
        internal KernelRun OnAnInstance() => new(static () => { });
#pragma warning restore CA1822

        [KernelBenchmark("Has A Space")]
        internal static KernelRun HasASpace() => new(static () => { });

        [KernelBenchmark("needs-cases")]
        internal static KernelRun NeedsCases(int count) => new(() => _ = count);

        [KernelBenchmark("too-many-arguments")]
        [KernelCase(1, 2)]
        internal static KernelRun TooManyArguments(int count) => new(() => _ = count);

        [KernelBenchmark("wrong-type")]
        [KernelCase("many")]
        internal static KernelRun WrongType(int count) => new(() => _ = count);

        [KernelBenchmark("same-case-twice")]
        [KernelCase(1)]
        [KernelCase(1)]
        internal static KernelRun SameCaseTwice(int count) => new(() => _ = count);

        [KernelBenchmark("compares-nothing")]
        [KernelCase(1, Name = "one")]
        [KernelComparison("ratio", "one", "two")]
        internal static KernelRun ComparesNothing(int count) => new(() => _ = count);

        [KernelBenchmark("unknown-rate")]
        [KernelCase(1, Name = "one")]
        [KernelComparison("ratio", "one", "one", Rate = "speed")]
        internal static KernelRun UnknownRate(int count) => new(() => _ = count);
    }
}
