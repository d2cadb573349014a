namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>How a child process ended.</summary>
/// <param name="ExitCode">Its exit code; 128 + n after signal n.</param>
/// <param name="TimedOut">Whether it was killed because its time was up.</param>
/// <param name="Cancelled">Whether it was killed because the caller cancelled.</param>
/// <param name="Usage">What the system counted.</param>
internal sealed record ProcessEnd(int ExitCode, bool TimedOut, bool Cancelled, ProcessUsage Usage);
