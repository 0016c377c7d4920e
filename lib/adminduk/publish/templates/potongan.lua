-- Reads a JSON list of snippets (markdown or HTML) and writes, for each, the Typst source of its
-- pieces and the images it shows. Every snippet is parsed by itself: what one leaves open cannot
-- reach into the next. Only elements named here come out as Typst code; raw code, attributes and
-- styles of the source never do.

local MARKDOWN = 'gfm+footnotes+tex_math_dollars+raw_html-emoji-yaml_metadata_block'
-- Of a remark: what it holds besides text and its marks stays text, a picture as its words and address.
local LITERAL = 'gfm+footnotes-tex_math_dollars-tex_math_gfm+raw_html-emoji-yaml_metadata_block'
local as_text = {
  RawInline = function(raw) return pandoc.Str(raw.text) end,
  RawBlock = function(raw) return pandoc.Para({ pandoc.Str(raw.text) }) end,
  Image = function(image)
    local told = pandoc.Inlines(image.caption)
    told:insert(pandoc.Str(' (' .. image.src .. ')'))
    return told
  end,
}
local SIDE = { AlignLeft = 'left', AlignRight = 'right', AlignCenter = 'center' }

-- Characters that cannot stand on paper: they may still come in as entities.
local function printable(text)
  return (text:gsub('[%z\1-\8\11\12\14-\31\127]', ''):gsub('\xEF\xBB\xBF', '')
    :gsub('\xC2[\x80-\x9F]', ''):gsub('\xEF\xBF[\xBE\xBF]', ''))
end

local function quoted(text)
  local safe = printable(text):gsub('\r\n?', '\n')
  safe = safe:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', '\\n'):gsub('\t', '\\t')
  return '"' .. safe .. '"'
end

-- Every sign that could mean something to Typst is escaped, wherever it stands: pandoc itself lets
-- through what only means something at the start of a line or beside another element. Its line break
-- is a backslash, which would escape a bracket that follows.
local signs = {
  LineBreak = function() return pandoc.RawInline('typst', '#linebreak()') end,
  Str = function(word)
    return pandoc.RawInline('typst', (word.text:gsub('["#$\'()*+%-./:;<=>@%[\\%]_`{}~]', '\\%0')))
  end,
}

local function typst(blocks)
  local text = pandoc.write(pandoc.Pandoc(pandoc.Blocks(blocks):walk(signs)), 'typst', { wrap_text = 'none' })
  return (text:gsub('%s+$', ''))
end

-- A word that goes on for pages is cut and says so.
local LONGEST = 2000
local function shortened(word)
  local rest = (utf8.len(word) or 0) - LONGEST
  if rest <= 0 then return word end
  local told = tostring(rest):reverse():gsub('(%d%d%d)', '%1.'):reverse():gsub('^%.', '')
  return word:sub(1, utf8.offset(word, LONGEST + 1) - 1) .. ' … ' .. told .. ' karakter lagi tidak dicetak'
end

local function block(code) return pandoc.RawBlock('typst', code) end
local function inline(code) return pandoc.RawInline('typst', code) end
local function plain(content) return pandoc.utils.stringify(content) end

-- In a sandbox: pandoc would fetch what an <iframe> names. Without the line end a table at the end of
-- the text would lose its last row. At some broken HTML, such as an open <q>, pandoc gives up: then
-- its words stand there without their tags.
local function read(text, format)
  local is_read, document = pcall(pandoc.read, text .. '\n', format, nil, {})
  if is_read then return document.blocks end
  return pandoc.Blocks({ pandoc.Para(pandoc.Inlines((text:gsub('<[^>]*>', ' ')))) })
end

-- Raw HTML inside markdown becomes what it says; scripts and styles are gone with their content.
local WRAP = {
  b = pandoc.Strong, strong = pandoc.Strong, i = pandoc.Emph, em = pandoc.Emph, u = pandoc.Underline,
  s = pandoc.Strikeout, del = pandoc.Strikeout, sub = pandoc.Subscript, sup = pandoc.Superscript,
  script = function() return pandoc.Str('') end, style = function() return pandoc.Str('') end,
}

local function html_inline(raw)
  if not raw.format:match('^html') then return { pandoc.Code(raw.text) } end
  return pandoc.utils.blocks_to_inlines(read(raw.text, 'html'))
end

-- Tags of a line stand one by one: an opening one is kept until its end comes.
local function joined(inlines)
  local open = { { content = pandoc.Inlines({}) } }
  for _, element in ipairs(inlines) do
    local top = open[#open]
    local close, tag = '', nil
    if element.t == 'RawInline' then close, tag = element.text:lower():match('^<(/?)(%a+)') end
    if tag and close == '' and WRAP[tag] then
      open[#open + 1] = { tag = tag, content = pandoc.Inlines({}) }
    elseif tag and close == '/' and top.tag == tag then
      open[#open] = nil
      open[#open].content:insert(WRAP[tag](top.content))
    elseif element.t == 'RawInline' then
      top.content:extend(html_inline(element))
    else
      top.content:insert(element)
    end
  end
  for index = #open, 2, -1 do open[index - 1].content:extend(open[index].content) end
  return open[1].content
end

local expand = {
  RawBlock = function(raw)
    if raw.format:match('^html') then return read(raw.text, 'html') end
    return pandoc.CodeBlock(raw.text)
  end,
  Inlines = joined,
}

-- What an outline shows of a heading, before its formulas become code. Pictures are no words.
local no_picture = { Image = function() return {} end }
local named = {
  Header = function(header)
    header.attributes['plain'] = plain(header.content:walk(no_picture))
    return header
  end,
}

local function has_figures_only(cells)
  local seen = false
  for _, text in ipairs(cells) do
    if text ~= '' and text ~= 'NaN' and text ~= '<NA>' and text ~= 'None' and text ~= '-' and text ~= '...' then
      if not text:match('^[%+%-−]?[%d%.,%s]*%d%s*%%?$') then return false end
      seen = true
    end
  end
  return seen
end

local function rows_of(table)
  local rows = {}
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.head) do rows[#rows + 1] = row end
    for _, row in ipairs(body.body) do rows[#rows + 1] = row end
  end
  for _, row in ipairs(table.foot.rows) do rows[#rows + 1] = row end
  return rows
end

-- A column that holds figures only is set to the right, whatever its source says.
local function sides(table, rows)
  local result = {}
  for index, spec in ipairs(table.colspecs) do
    local cells = {}
    for _, row in ipairs(rows) do
      local cell = row.cells[index]
      if #row.cells == #table.colspecs and cell then cells[#cells + 1] = plain(cell.contents) end
    end
    local side = SIDE[tostring(spec[1])] or 'left'
    result[index] = has_figures_only(cells) and 'right' or side
  end
  return result
end

-- Words above several columns stand in their middle.
local function cells_of(rows, is_head)
  local result = {}
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      local span = ''
      if cell.col_span > 1 then span = span .. 'colspan: ' .. math.floor(cell.col_span) .. ', ' end
      if is_head and cell.col_span > 1 then span = span .. 'align: center, ' end
      if cell.row_span > 1 then span = span .. 'rowspan: ' .. math.floor(cell.row_span) .. ', ' end
      result[#result + 1] = 'table.cell(' .. span .. ')[' .. typst(cell.contents) .. ']'
    end
  end
  return '(' .. table.concat(result, ', ') .. (#result > 0 and ',' or '') .. ')'
end

-- How many letters each column wants (its longest word, or its longest text where that is short) and needs (a word).
-- A word may break after "_", and anywhere from 40 letters on.
local function letters(table, rows)
  local widest, longest = {}, {}
  for _, row in ipairs(rows) do
    for index, cell in ipairs(row.cells) do
      local text = plain(cell.contents)
      local least, word_least = math.min(utf8.len(text), 14), 1
      for word in text:gmatch('[^%s_]*_?') do
        local long = utf8.len(word) or 0
        word_least = math.max(word_least, long < 40 and long or 24)
      end
      if cell.col_span == 1 then longest[index] = math.max(longest[index] or 1, word_least) end
      least = math.max(least, word_least)
      if cell.col_span == 1 then widest[index] = math.max(widest[index] or 1, least) end
    end
  end
  for index = 1, #table.colspecs do widest[index], longest[index] = widest[index] or 1, longest[index] or 1 end
  return widest, longest
end

local function table_code(tbl, is_main)
  local rows = rows_of(tbl)
  if #tbl.colspecs == 0 then return {} end
  local all = pandoc.List(tbl.head.rows) .. rows
  local caption = typst(tbl.caption.long)
  local widest, longest = letters(tbl, all)
  return block('#tabel-bebas((' .. table.concat(sides(tbl, rows), ', ') .. ',), '
    .. cells_of(tbl.head.rows, true) .. ', ' .. cells_of(rows)
    .. ', huruf: (' .. table.concat(widest, ', ') .. ',), kata: (' .. table.concat(longest, ', ') .. ',)'
    .. (is_main and ', utama: true' or '')
    .. (caption ~= '' and ', caption: [' .. caption .. ']' or '') .. ')')
end

local function math_code(element)
  if not printable(element.text):match('%S') then return {} end
  local code = typst({ pandoc.Plain({ element }) })
  if not code:match('^%$.*%$$') then return pandoc.Code(element.text) end
  return inline('#rumus(' .. quoted(element.text) .. ')[' .. code .. ']')
end

local function link(element)
  local target = element.target
  if target:match('^https?://') or target:match('^mailto:') then
    return pandoc.Link(element.content, target)
  end
  return element.content
end

-- The elements of the page. `images` collects what has to be put beside the source.
local function elements(images, key)
  return {
    Image = function(image)
      local name = 'gambar-' .. key .. '-' .. (#images + 1)
      local alt = image.attributes['fig-alt'] or image.attributes['alt'] or plain(image.caption)
      images[#images + 1] = { name = name, src = image.src, alt = alt }
      return inline('#sisipan(' .. quoted(name) .. ', ' .. quoted(alt) .. ')')
    end,
    Math = math_code,
    Link = link,
    Code = function(code) return inline('#kode-baris(' .. quoted(code.text) .. ')') end,
    Str = function(word) return pandoc.Str(shortened(printable(word.text))) end,
    Span = function(span) return span.content end,
    Cite = function(cite) return cite.content end,
  }
end

-- A picture alone in its paragraph is set large, not at the height of a line.
local function paragraph(para)
  local only = #para.content == 1 and para.content[1]
  if only and only.t == 'RawInline' then
    local code, count = only.text:gsub('^#sisipan%(', '#lampiran(')
    if count == 1 then return block(code) end
  end
end

-- As calls: in markup, a colon or a line end in a term would end it.
local function definitions(list)
  local items = {}
  for _, item in ipairs(list.content) do
    local told = pandoc.Blocks({})
    for _, blocks in ipairs(item[2]) do told:extend(blocks) end
    items[#items + 1] = 'terms.item([' .. typst({ pandoc.Plain(item[1]) }) .. '], [' .. typst(told) .. '])'
  end
  return block('#terms(' .. table.concat(items, ', ') .. ')')
end

local layout = {
  CodeBlock = function(code)
    return block('#kode(' .. quoted(code.text) .. ', ' .. quoted(code.classes[1] or '') .. ')')
  end,
  Header = function(header) return pandoc.Para({ pandoc.Strong(header.content) }) end,
  Div = function(div) return div.content end,
  Figure = function(figure)
    local blocks = pandoc.Blocks(figure.content)
    blocks:extend(figure.caption.long)
    return blocks
  end,
  DefinitionList = definitions,
  HorizontalRule = function() return block('#garis') end,
  Table = function(tbl) return table_code(tbl) end,
  Para = paragraph,
  Plain = paragraph,
}

-- Headings that stand by themselves end a piece; those in lists and quotes are bold text.
local function pieces(blocks, flat, boxed)
  local result, rest = {}, pandoc.Blocks({})
  local function flush()
    if #rest > 0 then result[#result + 1] = { level = 0, plain = '', typst = typst(rest:walk(layout)) } end
    rest = pandoc.Blocks({})
  end
  for _, element in ipairs(blocks) do
    if element.t == 'Header' and not flat then
      flush()
      result[#result + 1] = { level = element.level, plain = element.attributes['plain'],
        typst = typst({ pandoc.Plain(element.content) }) }
    elseif element.t == 'Table' and not boxed then
      rest:extend({ table_code(element:walk(layout), true) })
    else
      rest:insert(element)
    end
  end
  flush()
  return result
end

local function convert(snippet)
  local format = snippet.format == 'html' and 'html' or snippet.literal and LITERAL or MARKDOWN
  local blocks = read(snippet.text, format)
  if snippet.literal then blocks = blocks:walk(as_text) end
  blocks = blocks:walk(expand):walk(named)
  local images = {}
  -- Divisions are opened first, so that a heading inside one is still a heading.
  blocks = blocks:walk({ Div = layout.Div }):walk(elements(images, snippet.key))
  return { pieces = pieces(blocks, snippet.flat, snippet.boxed), images = images }
end

local answer = {}
for number, snippet in ipairs(pandoc.json.decode(io.read('a'), false)) do
  answer[number] = convert(snippet)
end
io.write(pandoc.json.encode(answer))
