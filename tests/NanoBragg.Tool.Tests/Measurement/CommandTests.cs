using System.Text.Json;
using NanoBragg.Tool.Commands;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class CommandTests
{
    [Fact]
    public void List_shows_every_scenario_with_its_cases_and_what_it_measures()
    {
        var (exitCode, output, error) = Run("list", "--assembly", Fixture.AssemblyPath);

        exitCode.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain("Sums the square roots of 1 to 20 000.");
        output.ShouldContain("cases: short-10000-0.5, long");
    }

    [Fact]
    public void List_as_json_is_json_and_nothing_else()
    {
        var (exitCode, output, _) = Run("list", "--json", "--assembly", Fixture.AssemblyPath);

        exitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(output);
        var scenario = json.RootElement.EnumerateArray().Single(found => found.GetProperty("scenario").GetString() == "with-cases");
        scenario.GetProperty("measures").GetString().ShouldBe("The same sum, short and long.");
        scenario.GetProperty("cases").EnumerateArray().Select(name => name.GetString()).ShouldBe(["short-10000-0.5", "long"]);
    }

    [Fact]
    public void Measure_as_json_prints_the_result_only()
    {
        var (exitCode, output, error) = Run("measure", "good", "--json", "--workers", "1", "--assembly", Fixture.AssemblyPath);

        exitCode.ShouldBe(0);
        error.ShouldContain("measuring in worker process 1 of 1");
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("cases")[0].GetProperty("name").GetString().ShouldBe("good");
    }

    [Fact]
    public void A_kernel_that_fails_its_check_is_shown_and_fails_the_command()
    {
        var (exitCode, output, _) = Run("measure", "wrong-result", "--workers", "1", "--assembly", Fixture.AssemblyPath);

        exitCode.ShouldBe(2);
        output.ShouldContain("wrong-result  FAILED: its check threw InvalidDataException: the picture's sum is 1, expected 2");
    }

    [Theory]
    [InlineData("there is no scenario 'god'", "measure", "god")]
    [InlineData("--workers must be from 1 to 100.", "measure", "--workers", "0")]
    [InlineData("--timeout must be above 0", "measure", "--timeout", "-1")]
    [InlineData("There is no option '--frob'.", "measure", "--frob")]
    [InlineData("there is no assembly", "list", "--assembly", "missing.dll")]
    public void Wrong_usage_is_one_line_on_standard_error_and_exit_code_1(string message, params string[] arguments)
    {
        var (exitCode, output, error) = Run(arguments.Contains("--assembly") ? arguments : [.. arguments, "--assembly", Fixture.AssemblyPath]);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("nanobragg: error: ");
        error.ShouldContain(message);
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public void Help_teaches_with_examples_and_exit_codes()
    {
        var (exitCode, output, _) = Run("--help");

        exitCode.ShouldBe(0);
        output.ShouldContain("Examples:");
        output.ShouldContain("130  cancelled");
        output.ShouldNotContain(AppContext.BaseDirectory);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = Root.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
