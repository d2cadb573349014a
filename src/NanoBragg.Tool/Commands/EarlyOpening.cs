using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Commands;

/// <summary>
/// Opens the devices that a command line of <c>simulate</c> names while its words are still being read: a GPU's driver takes a quarter of a second to wake up, and the processor's loops
/// some hundredths to be compiled. Whatever goes wrong is told when the back end is asked for.
/// </summary>
internal sealed class EarlyOpening : IDisposable
{
    private const string NoWord = "";

    private readonly string _device, _precision;
    private readonly Task<OpenClBackEnd>? _opening;
    private bool _isTaken;

    private EarlyOpening(string device, string precision)
    {
        (_device, _precision) = (device, precision);
        if (Drawing.IsOpenCl(device) && Precisions.OpenCl(precision) is { } arithmetic)
        {
            _opening = OwnThread.Start(() => Open(device, arithmetic));
        }
        else if (device == Drawing.Cpu && Precisions.Simd(precision) is { } simd && Environment.ProcessorCount > 1)
        {
            Waking = OwnThread.Start(() => new SimdBackEnd(simd, 1).WakeUp());
        }
    }

    /// <summary>Gets the compiling of the processor's loops, which nobody waits for; null where there is none.</summary>
    public Task? Waking { get; }

    /// <summary>Looks for devices among words, and begins to open them.</summary>
    /// <param name="words">The tool's own words of the command line; a guess, which need not be right.</param>
    public static EarlyOpening Of(IReadOnlyList<string> words) =>
        words.Contains(Simulate.Name) ? new(ValueOf("--device", words), ValueOf("--precision", words) is { Length: > 0 } precision ? precision : Precisions.Usual) : new(NoWord, Precisions.Usual);

    /// <summary>Gives the back end that was opened.</summary>
    /// <param name="device">The device as the user calls it.</param>
    /// <param name="precision">The arithmetic as the user calls it.</param>
    /// <returns>The back end; null where another was opened, or none.</returns>
    /// <exception cref="UserError">There is no such device.</exception>
    /// <exception cref="OpenClException">The device cannot be opened.</exception>
    public OpenClBackEnd? Take(string device, string precision)
    {
        if (_opening is null || (device, precision) != (_device, _precision))
        {
            return null;
        }

        _isTaken = true;
        return _opening.GetAwaiter().GetResult();
    }

    /// <summary>Waits for what nobody took: a process must not end while a driver wakes up in it.</summary>
    public void Dispose()
    {
        if (_opening is not null && !_isTaken && ((IAsyncResult)_opening).AsyncWaitHandle.WaitOne() && _opening.IsCompletedSuccessfully)
        {
            _opening.Result.Dispose();
        }
    }

    private static OpenClBackEnd Open(string device, OpenClPrecision precision)
    {
        var backEnd = new OpenClBackEnd(Drawing.OpenCl(device), precision);
        try
        {
            backEnd.WakeUp();
            return backEnd;
        }
        catch
        {
            backEnd.Dispose();
            throw;
        }
    }

    private static string ValueOf(string option, IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == option && i + 1 < words.Count)
            {
                return words[i + 1];
            }

            if (words[i].StartsWith(option, StringComparison.Ordinal) && words[i].Length > option.Length && words[i][option.Length] is '=' or ':')
            {
                return words[i][(option.Length + 1)..];
            }
        }

        return NoWord;
    }
}
