using System.Globalization;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>
/// Asks by getFailSub which numbers of the lane's sender failed on the day messages were handed over. Each request
/// reads the next page of the day; after the last one it begins at the first again, as the list grows. What was read is
/// kept, so one request answers for many messages. A number that is not on the list says nothing.
/// </summary>
sealed class ViettelFailedNumbers(ViettelLaneOptions options, ViettelInquiryOptions inquiry)
{
    /// <summary>Messages one page is looked through for.</summary>
    public const int MostPerQuery = 1_000;

    /// <summary>Days kept: receipts are waited for no longer than seven
    /// (<see cref="LaneOptions.ReceiptTimeout"/>).</summary>
    const int MostDays = 9;

    const string Code = "failSub";

    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
    readonly Lock _lock = new();
    readonly SortedList<DateOnly, Day> _days = [];

    public async Task<IReadOnlyList<QueryAnswer>> AskAsync(
        HttpClient asking,
        ViettelRequests requests,
        IReadOnlyList<QueriedSms> messages,
        CancellationToken cancellationToken)
    {
        if (messages.Select(DayOf).FirstOrDefault(day => day is not null) is not { } first)
            return [.. messages.Select(message => Answer(message, null))];

        var page = PageOf(first);
        var date = first.ToString(inquiry.DateFormat, CultureInfo.InvariantCulture);
        var (why, retryAfter) = await CarrierHttp.AskAsync(
            asking,
            requests.FailSub(inquiry.Alias!, date, page, inquiry.PageSize),
            answer => Read(answer, first, page),
            unknown => (unknown, null),
            cancellationToken);
        return [.. messages.Select(message => Answer(message, why, retryAfter))];
    }

    /// <returns>Why nothing was read; null where the page was.</returns>
    (string? Why, TimeSpan? RetryAfter) Read(CarrierAnswer answer, DateOnly date, int page)
    {
        if (!answer.IsSuccess)
            return ($"HTTP {(int)answer.Status}", answer.RetryAfter);
        if (ViettelAnswer.Read(answer.Body) is not { } read)
            return ("an answer that makes no sense", null);

        var words = read.Fault ?? read.Field("message") ?? "";
        if (read.Fault is not null || ViettelCodes.IsOfAccount(words))
            return (ViettelCodes.NameOf(words, options.Secrets), null);

        lock (_lock)
        {
            if (!_days.TryGetValue(date, out var day))
                return (null, null);

            foreach (var entry in read.Entries)
            {
                if (NumberIn(entry.GetValueOrDefault("receiver")) is { } number)
                    day.Failed.Add(number);
            }

            day.Page = read.Entries.Count < inquiry.PageSize ? 1 : page + 1;
        }

        return (null, null);
    }

    QueryAnswer Answer(QueriedSms message, string? why, TimeSpan? retryAfter = null)
    {
        if (DayOf(message) is not { } date)
            return QueryAnswer.CannotSay("the day it was handed over is not known", retryAfter);

        lock (_lock)
        {
            // What stands beside the number may be the text itself, so it is not kept.
            return _days.TryGetValue(date, out var day) && day.Failed.Contains(message.Call!.To.Msisdn)
                ? QueryAnswer.Known(new DeliveryReceipt(
                    message.Reference, message.CarrierMessageId, MessageStatus.Failed, FailureClass.Unknown, Code,
                    At: null))
                : QueryAnswer.CannotSay(why ?? "not among the failed numbers read so far", retryAfter);
        }
    }

    int PageOf(DateOnly date)
    {
        lock (_lock)
        {
            if (!_days.TryGetValue(date, out var day))
            {
                _days[date] = day = new Day();
                if (_days.Count > MostDays)
                    _days.RemoveAt(_days.Keys[0] == date ? 1 : 0);
            }

            return day.Page;
        }
    }

    DateOnly? DayOf(QueriedSms message) =>
        message.Call?.At is { } at ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime) : null;

    /// <returns>Null where it is no Vietnamese number, with 84 or with 0.</returns>
    static long? NumberIn(string? receiver)
    {
        if (!long.TryParse(receiver?.TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;

        return number is > 84_000_000_000 and < 85_000_000_000 ? number
            : number is > 0 and < 1_000_000_000 ? number + 84_000_000_000
            : null;
    }

    sealed class Day
    {
        /// <summary>The next to read, from 1.</summary>
        public int Page { get; set; } = 1;

        public HashSet<long> Failed { get; } = [];
    }
}
