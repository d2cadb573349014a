using System.Diagnostics;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Keeps the runtime from promoting any method while it exists. The runtime begins to count calls only when no method has been called for the first time
/// for a while (<c>DOTNET_TC_CallCountingDelayMs</c>); this calls a new one every few milliseconds. What only prepares a benchmark is therefore not
/// promoted, however hot it is, and what the timed call runs afterwards is.
/// </summary>
internal sealed class TieringHold : IDisposable
{
    /// <summary>What is said of a case whose preparing could not be held.</summary>
    public const string Failed = "the machine was too busy to keep what only prepares from being promoted";

    private const int IntervalMilliseconds = 5;

    private static readonly Type[] Values =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(char), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(nint), typeof(nuint), typeof(decimal), typeof(DateTime),
    ];

    private static readonly int[] s_called = new int[1];

    private readonly ManualResetEventSlim _over = new();
    private readonly Thread _thread;
    private readonly TimeSpan _delay;
    private TimeSpan _longestGap;

    /// <summary>Begins to hold.</summary>
    /// <param name="delay">The time without new methods after which the runtime begins to count calls.</param>
    public TieringHold(TimeSpan delay)
    {
        _delay = delay;
        _thread = new Thread(CallNewMethods) { IsBackground = true, Name = "tiering hold" };
        _thread.Start();
    }

    /// <summary>Gets whether a new method was called often enough all the time, after the end: on a busy machine its thread may not have had its turn.</summary>
    public bool HasHeld => _longestGap < _delay;

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void CallNewMethods()
    {
        // Each instantiation over value types is a method of its own; there are enough of them for five minutes.
        var last = Stopwatch.GetTimestamp();
        var generic = ((Action)New<int, int, int, int>).Method.GetGenericMethodDefinition();
        for (var i = 0; i < Values.Length * Values.Length * Values.Length * Values.Length; i++)
        {
            generic.MakeGenericMethod(Values[i & 15], Values[(i >> 4) & 15], Values[(i >> 8) & 15], Values[i >> 12]).CreateDelegate<Action>()();
            var over = _over.Wait(IntervalMilliseconds);
            var now = Stopwatch.GetTimestamp();
            var gap = Stopwatch.GetElapsedTime(last, now);
            (last, _longestGap) = (now, gap > _longestGap ? gap : _longestGap);
            if (over)
            {
                return;
            }
        }
    }

    // The type parameters make each instantiation a method of its own, which is all that it is for; an empty method would not be one to promote.
    private static void New<TA, TB, TC, TD>()
        where TA : struct
        where TB : struct
        where TC : struct
        where TD : struct
    {
        for (var i = 0; i < s_called.Length; i++)
        {
            s_called[i] += typeof(TA).Name.Length + i;
        }
    }
}
