-- Reads a JSON list of Markdown texts and writes, for each, its HTML and the formulas in it. The dialect of the
-- paper, each cell by itself, in a sandbox. Boxes to tick are characters; code has no colours. A formula goes
-- round the cleaning as a number between two characters that no text of a cell may hold.
local MARKDOWN = 'gfm+footnotes+tex_math_dollars+raw_html-emoji-yaml_metadata_block'
-- Of a remark: HTML, formulas and pictures stay text, a picture as its words and address; headings are bold.
local LITERAL = 'gfm+footnotes-tex_math_dollars-tex_math_gfm+raw_html-emoji-yaml_metadata_block'
local as_text = {
  RawInline = function(raw) return pandoc.Str(raw.text) end,
  RawBlock = function(raw) return pandoc.Para({ pandoc.Str(raw.text) }) end,
  Image = function(image)
    local told = pandoc.Inlines(image.caption)
    told:insert(pandoc.Str(' (' .. image.src .. ')'))
    return told
  end,
  Header = function(header) return pandoc.Para({ pandoc.Strong(header.content) }) end,
}
local words = { Math = function(math) return pandoc.Str(math.text) end }
local function image(picture) picture.caption = picture.caption:walk(words) return picture end
local function convert(snippet, prefix)
  local formulas, options = {}, { html_math_method = 'mathml', wrap_text = 'none', identifier_prefix = prefix }
  local function write(document) return pandoc.write(document, 'html', options) end
  local function math(formula)
    formulas[#formulas + 1] = { markup = write(pandoc.Pandoc({ pandoc.Plain({ formula }) })), text = formula.text }
    return pandoc.Str('\u{e000}' .. (#formulas - 1) .. '\u{e001}')
  end
  local function box(word) if ('☐☒'):find(word.text, 1, true) then return pandoc.RawInline('html', word.text) end end
  local function code(block) return pandoc.CodeBlock(block.text) end
  local document = pandoc.read(snippet.text .. '\n', snippet.literal and LITERAL or MARKDOWN, nil, {})
  document = document:walk(snippet.literal and as_text or { Image = image })
  return { markup = write(document:walk({ Math = math, Str = box, CodeBlock = code })), formulas = formulas }
end
local answer = {}
for number, snippet in ipairs(pandoc.json.decode(io.read('a'), false)) do
  local is_read, found = pcall(convert, snippet, 'sel-' .. number .. '-')
  answer[number] = is_read and found or { markup = snippet.text:gsub('<[^>]*>', ' '), formulas = {} }
end
io.write(pandoc.json.encode(answer))
