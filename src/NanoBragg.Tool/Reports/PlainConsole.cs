using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoBragg.Tool.Reports;

/// <summary>Draws tables: in colour and as wide as the window on a terminal, as plain text that is never wrapped everywhere else.</summary>
internal static class PlainConsole
{
    /// <summary>A width that no table reaches.</summary>
    private const int Unwrapped = 1000;

    /// <summary>Draws something.</summary>
    /// <param name="drawing">What.</param>
    /// <param name="output">Where to.</param>
    public static void Draw(IRenderable drawing, TextWriter output)
    {
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        {
            var colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
            On(output, colour).Write(drawing);
            return;
        }

        // Tables are padded to the right, which a log or a diff does not need.
        using var text = new StringWriter();
        var console = On(text, colour: false);
        console.Profile.Width = Unwrapped;
        console.Profile.Capabilities.Unicode = true;
        console.Write(drawing);
        foreach (var line in text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            output.WriteLine(line);
        }
    }

    private static IAnsiConsole On(TextWriter output, bool colour) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(output),
    });
}
