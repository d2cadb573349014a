using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NanoBragg.Tool.Study;

/// <summary>
/// The file of trials, JSON Lines: each trial is appended when it is over, so that a study can be stopped and gone on with, and other programs can
/// add theirs.
/// </summary>
internal static class TrialFile
{
    /// <summary>Reads all trials.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The trials, none where there is no file. A last line without its end, which a stopped study can leave, is not read.</returns>
    /// <exception cref="UserError">A line cannot be read.</exception>
    public static IReadOnlyList<Trial> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var text = File.ReadAllText(path, Encoding.UTF8);
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n');
        var trials = new List<Trial>(lines.Length);
        for (var line = 0; line < lines.Length; line++)
        {
            if (string.IsNullOrWhiteSpace(lines[line]))
            {
                continue;
            }

            try
            {
                trials.Add(JsonSerializer.Deserialize(lines[line], TrialJson.Default.Trial)!);
            }
            catch (JsonException e)
            {
                throw new UserError(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {line + 1} is no trial: {e.Message}; remove the line, or name another file"), innerException: e);
            }
        }

        return trials;
    }

    /// <summary>Appends a trial.</summary>
    /// <param name="path">The file; made where there is none.</param>
    /// <param name="trial">The trial.</param>
    public static void Append(string path, Trial trial)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.Seek(0, SeekOrigin.End);
        if (file.Length > 0)
        {
            // What was cut short is ended first, so that it does not spoil this line.
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                Truncate(file);
            }
        }

        file.Write(JsonSerializer.SerializeToUtf8Bytes(trial, TrialJson.Default.Trial));
        file.WriteByte((byte)'\n');
    }

    private static void Truncate(FileStream file)
    {
        var position = file.Length;
        while (position > 0)
        {
            file.Seek(--position, SeekOrigin.Begin);
            if (file.ReadByte() == '\n')
            {
                position++;
                break;
            }
        }

        file.SetLength(position);
        file.Seek(0, SeekOrigin.End);
    }
}
