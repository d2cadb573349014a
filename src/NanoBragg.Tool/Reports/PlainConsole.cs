using Spectre.Console;

namespace NanoBragg.Tool.Reports;

/// <summary>Where tables are drawn: in colour on a terminal, as plain wide text everywhere else.</summary>
internal static class PlainConsole
{
    /// <summary>A width that no table reaches, so that text in files and pipes is not wrapped.</summary>
    private const int Unwrapped = 400;

    /// <summary>Makes a console.</summary>
    /// <param name="output">Where to draw.</param>
    /// <returns>The console.</returns>
    public static IAnsiConsole On(TextWriter output)
    {
        var terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!terminal)
        {
            console.Profile.Width = Unwrapped;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }
}
